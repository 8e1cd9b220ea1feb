-- One write, in one step. Replies {verdict, turn, record}.
--
-- KEYS  1 value   2 lease (the holder's record, expires)   3 holder (the same, stays until given back)
--       4 turn (counts the leases taken)   5 operations (a sorted set: name by time)
--       6 head (SHA-1 of what we wrote last)   7 versions (what stood lately, newest first)
--       8 whole (the newest of these with its pictures, for a short while)
-- ARGV  1 expected SHA-1 ('' for no value)   2 new value   3 operation
--       4 lease step   5 record   6 turn   7 lease in ms   8 how long operations and versions are kept, in ms
--       9 how many versions are kept   10 the version to remember ('': none, and no head, for it would not
--         know of this write)   11 the same of what is replaced   12 how long the whole is kept, in ms; 0: not
--
-- The document is never parsed here: cjson turns [] into {} and rounds numbers. Side keys are anybody's to
-- write: what is not what we put there counts as absent.

local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)

local function kind(key)
  return redis.call('TYPE', key).ok
end

local function text(key)
  return kind(key) == 'string' and redis.call('GET', key) or false
end

local function turn_now()
  local number = tonumber(text(KEYS[4]) or '')
  if number and number >= 0 and number < 2 ^ 52 and number == math.floor(number) then
    return number
  end
  return 0
end

-- A lease ends by itself: one that never does, or later than any of ours, is none.
local function lease_runs()
  local left = redis.call('PTTL', KEYS[2])
  return left > 0 and left <= tonumber(ARGV[7]) + 1000
end

if kind(KEYS[5]) ~= 'zset' then
  redis.call('DEL', KEYS[5])
end
-- The answer to an earlier sending of this very operation was lost: say it again, do nothing.
if redis.call('ZSCORE', KEYS[5], ARGV[3]) then
  return {'written', turn_now(), ''}
end

local step = ARGV[4]
if step == 'take' and lease_runs() then
  return {'busy', 0, text(KEYS[3]) or ''}
end
-- A newer lease fences an older holder off, however late it comes.
if step == 'end' and turn_now() > tonumber(ARGV[6]) then
  return {'superseded', 0, ''}
end
if step == 'recover' then
  if lease_runs() then
    return {'busy', 0, text(KEYS[3]) or ''}
  end
  if text(KEYS[3]) ~= ARGV[5] then
    return {'superseded', 0, ''}
  end
end

local current = redis.call('GET', KEYS[1])
if (current and redis.sha1hex(current) or '') ~= ARGV[1] then
  return {'conflict', 0, ''}
end

-- When somebody has set a time for the value to go, it stays.
local expires = redis.call('PTTL', KEYS[1])
redis.call('SET', KEYS[1], ARGV[2])
if expires > 0 then
  redis.call('PEXPIRE', KEYS[1], expires)
end
redis.call('ZADD', KEYS[5], now, ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', now - ARGV[8])
redis.call('PEXPIRE', KEYS[5], ARGV[8])

if ARGV[10] ~= '' then
  if kind(KEYS[7]) ~= 'list' then
    redis.call('DEL', KEYS[7])
  end
  -- A foreign value we build on is remembered too: its writer may still hold it.
  if current and ARGV[11] ~= '' and text(KEYS[6]) ~= ARGV[1] then
    redis.call('LPUSH', KEYS[7], now .. ' f ' .. ARGV[11])
  end
  redis.call('SET', KEYS[6], redis.sha1hex(ARGV[2]))
  redis.call('LPUSH', KEYS[7], now .. ' o ' .. ARGV[10])
  redis.call('LTRIM', KEYS[7], 0, ARGV[9] - 1)
  redis.call('PEXPIRE', KEYS[6], ARGV[8])
  redis.call('PEXPIRE', KEYS[7], ARGV[8])
else
  redis.call('DEL', KEYS[6], KEYS[7])
end
if tonumber(ARGV[12]) > 0 then
  redis.call('SET', KEYS[8], ARGV[2], 'PX', ARGV[12])
else
  redis.call('DEL', KEYS[8])
end

local turn = 0
if step == 'take' then
  turn = turn_now() + 1
  redis.call('SET', KEYS[4], string.format('%.0f', turn))
  redis.call('SET', KEYS[2], ARGV[5], 'PX', ARGV[7])
  redis.call('SET', KEYS[3], ARGV[5])
elseif step == 'end' or step == 'recover' then
  redis.call('DEL', KEYS[2], KEYS[3])
end
return {'written', turn, ''}
