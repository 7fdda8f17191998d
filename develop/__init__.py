"""What a developer runs: the checks, the browser they need, the pins, the wheels, the notices. Nothing here ships."""
