"""What it takes to install the program where there is no internet."""
