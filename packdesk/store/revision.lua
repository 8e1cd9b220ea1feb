-- The SHA-1 of the value at KEYS[1], or an empty text. Forty bytes travel, whatever the value's size.
local current = redis.call('GET', KEYS[1])
return current and redis.sha1hex(current) or ''
