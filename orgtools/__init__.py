"""Move AWS accounts from one AWS Organization to another, step by step, with a record."""
