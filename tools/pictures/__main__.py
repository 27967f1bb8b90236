"""python -m tools.pictures: make the pictures again; wants Chromium, LibreOffice and pdftoppm."""

from tools.pictures.tour import make_pictures

make_pictures()
