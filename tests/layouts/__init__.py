"""The same filing laid out in many ways, as offices do, and held against itself."""
