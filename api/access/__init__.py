"""Access: who asks, by token or session, and what that actor may see and do."""
