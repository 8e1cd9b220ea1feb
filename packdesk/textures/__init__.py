"""Pictures kept: checked at the door, durable in the library, evictable in the cache, ready on screen."""
