-- One write, in one step. Replies {verdict, turn, record}.
--
-- KEYS  1 value   2 lease (the holder's record, expires)   3 holder (the same, stays until given back)
--       4 turn (counts the leases taken)   5 operations (a sorted set: name by time)
--       6 head (SHA-1 of what we wrote last)   7 journal (what stood lately, "ms bytes", newest first)
-- ARGV  1 expected SHA-1 ('' for no value)   2 new value   3 operation
--       4 lease step   5 record   6 turn   7 lease in ms   8 how long operations and journal are kept, in ms
--       9 how many journal entries are kept (0: none, and no head, for it would not know of this write)
--       10 the largest document in the journal, in bytes
--
-- The document is never parsed here: cjson turns [] into {} and rounds numbers.

local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)

-- The answer to an earlier sending of this very operation was lost: say it again, do nothing.
if redis.call('ZSCORE', KEYS[5], ARGV[3]) then
  return {'written', tonumber(redis.call('GET', KEYS[4]) or 0), ''}
end

local step = ARGV[4]
if step == 'take' and redis.call('EXISTS', KEYS[2]) == 1 then
  return {'busy', 0, redis.call('GET', KEYS[3]) or ''}
end
-- A newer lease fences an older holder off, however late it comes.
if step == 'end' and tonumber(redis.call('GET', KEYS[4]) or 0) > tonumber(ARGV[6]) then
  return {'superseded', 0, ''}
end
if step == 'recover' then
  if redis.call('EXISTS', KEYS[2]) == 1 then
    return {'busy', 0, redis.call('GET', KEYS[3]) or ''}
  end
  if redis.call('GET', KEYS[3]) ~= ARGV[5] then
    return {'superseded', 0, ''}
  end
end

local current = redis.call('GET', KEYS[1])
if (current and redis.sha1hex(current) or '') ~= ARGV[1] then
  return {'conflict', 0, ''}
end

redis.call('SET', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[5], now, ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', now - ARGV[8])
redis.call('PEXPIRE', KEYS[5], ARGV[8])

if tonumber(ARGV[9]) > 0 then
  -- A foreign value we build on is remembered too: its writer may still hold it.
  if current and #current <= tonumber(ARGV[10]) and redis.call('GET', KEYS[6]) ~= ARGV[1] then
    redis.call('LPUSH', KEYS[7], now .. ' ' .. current)
  end
  redis.call('SET', KEYS[6], redis.sha1hex(ARGV[2]))
  redis.call('LPUSH', KEYS[7], now .. ' ' .. ARGV[2])
  redis.call('LTRIM', KEYS[7], 0, ARGV[9] - 1)
  redis.call('PEXPIRE', KEYS[6], ARGV[8])
  redis.call('PEXPIRE', KEYS[7], ARGV[8])
else
  redis.call('DEL', KEYS[6], KEYS[7])
end

local turn = 0
if step == 'take' then
  turn = redis.call('INCR', KEYS[4])
  redis.call('SET', KEYS[2], ARGV[5], 'PX', ARGV[7])
  redis.call('SET', KEYS[3], ARGV[5])
elseif step == 'end' or step == 'recover' then
  redis.call('DEL', KEYS[2], KEYS[3])
end
return {'written', turn, ''}
