"""What the pages of a route show: its words, and views of its parts ready for templates."""
