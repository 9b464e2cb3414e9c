"""The console script: commands as thin as views."""
