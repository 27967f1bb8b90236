"""The filer's own workbook with the findings on its cells: the package is edited, never loaded and saved."""
