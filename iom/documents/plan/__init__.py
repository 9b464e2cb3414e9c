"""Planning routes from a file of results, without a server: results in, profiles and routes out."""
