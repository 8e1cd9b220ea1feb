"""The design over HTTP, for browsers and programs. Without Qt: what draws does so in processes of its own."""
