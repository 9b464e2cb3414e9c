"""`python -m iom` is the `iom` command."""

from iom.cli.main import main

if __name__ == "__main__":
    main()
