"""A demand from first look to removal: intake, plan, letters, sending, replies, due dates, dossier."""
