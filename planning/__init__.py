"""The domain of technology planning and budgeting: pure Python, immutable in, immutable out."""
