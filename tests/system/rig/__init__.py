"""The counterparts that the system and fault tests start on loopback, and the daemon itself."""
