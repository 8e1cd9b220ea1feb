"""The design for assistants, over MCP. Without Qt: what draws does so in processes of its own."""
