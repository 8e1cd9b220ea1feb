-- {SHA-1 of the value KEYS[1] or '', ms the lease KEYS[2] still runs, the holder KEYS[3] or ''}.
-- About a hundred bytes travel, whatever the value's size.
local value = redis.call('GET', KEYS[1])
return {value and redis.sha1hex(value) or '', redis.call('PTTL', KEYS[2]), redis.call('GET', KEYS[3]) or ''}
