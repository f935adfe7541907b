"""What AWS says of organizations, accounts and what belongs to them."""
