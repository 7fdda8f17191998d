"""Who pays: commitments laid on costs, source balances, what ends."""
