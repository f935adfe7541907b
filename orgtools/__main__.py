"""`python -m orgtools`: the command line."""

from orgtools.cli import app

if __name__ == "__main__":
    app()
