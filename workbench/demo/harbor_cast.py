"""Who comes by at Harbor: between them they walk through every journey of it."""

from datetime import timedelta
from typing import Final

from workbench.demo.harbor_customers import RUTH, SAM, THEO, UMA, VIC
from workbench.demo.harbor_leads import IDA, LENA, MIRA, NOE, OTTO, PRIYA

LASTS: Final = timedelta(days=190)
CAST: Final = (MIRA, NOE, PRIYA, IDA, OTTO, LENA, THEO, RUTH, SAM, UMA, VIC)
