"""Which goals the money serves: scores, ranks, dollars by goal."""
