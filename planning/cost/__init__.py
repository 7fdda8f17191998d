"""What an initiative costs: cash flows, cost lines year by year, cost of ownership."""
