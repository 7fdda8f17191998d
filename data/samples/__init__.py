"""The sample district: Harlow Ridge, fictitious, so that a new Techplan has something worth looking at."""

SAMPLE_DISTRICT_ID = "sample"
