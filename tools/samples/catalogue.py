"""All samples, in order."""

from tools.samples import (
    g01_coal,
    g02_city,
    g03_grain,
    g04_water,
    g05_transport,
    g06_tourism,
    g07_guarantee,
    g08_industry,
    g09_transport_2023,
    g10_agritech,
)
from tools.samples.sample import Sample

SAMPLES: tuple[Sample, ...] = (
    g01_coal.SAMPLE,
    g02_city.SAMPLE,
    g03_grain.SAMPLE,
    g04_water.SAMPLE,
    g05_transport.SAMPLE,
    g06_tourism.SAMPLE,
    g07_guarantee.SAMPLE,
    g08_industry.SAMPLE,
    g09_transport_2023.SAMPLE,
    g10_agritech.SAMPLE,
)
