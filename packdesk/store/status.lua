-- {SHA-1 of the value KEYS[1] or '', ms the lease KEYS[2] still runs, the holder KEYS[3] or ''}.
-- About a hundred bytes travel, whatever the value's size. A lease that never ends, or later than one of
-- ARGV[1] ms can, counts as absent, as does a holder that is no text of ARGV[2] bytes at most.
local value = redis.call('GET', KEYS[1])
local left = redis.call('PTTL', KEYS[2])
if left < 0 or left > tonumber(ARGV[1]) + 1000 then
  left = 0
end
local holder = ''
if redis.call('TYPE', KEYS[3]).ok == 'string' and redis.call('STRLEN', KEYS[3]) <= tonumber(ARGV[2]) then
  holder = redis.call('GET', KEYS[3])
end
return {value and redis.sha1hex(value) or '', left, holder}
