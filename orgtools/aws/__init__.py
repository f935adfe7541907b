"""The only room that knows boto3: one organization, sessions, pacing, refusals."""
