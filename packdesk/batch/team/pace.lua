-- A token bucket that holds one token, filled every ARGV[1] ms: KEYS[1] is when the next one is free.
-- Takes the next one that nobody has, and returns after how many ms it may be used.
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local free = tonumber(redis.call('GET', KEYS[1]) or '0') or 0
local mine = math.max(now, free)
redis.call('SET', KEYS[1], string.format('%.3f', mine + ARGV[1]), 'PX', math.ceil(mine - now + ARGV[1]) + 1000)
return math.ceil(mine - now)
