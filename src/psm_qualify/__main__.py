"""`python -m psm_qualify`."""

from psm_qualify.cli import main

main()
