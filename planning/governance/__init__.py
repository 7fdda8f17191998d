"""What a district must do before it may buy, take or give away: procurement, gifts, disposal."""
