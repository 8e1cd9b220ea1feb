-- Delete each side key that is not what we put there; returns how many.
--
-- KEYS  1 lease   2 holder   3 turn   4 operations   5 head   6 versions   7 whole
-- ARGV  1 lease in ms   2 '1' when the holder's record is none
local gone = 0

local function drop(key, sound)
  if not sound then
    gone = gone + redis.call('DEL', key)
  end
end

local function kind(key)
  return redis.call('TYPE', key).ok
end

local left = redis.call('PTTL', KEYS[1])
drop(KEYS[1], kind(KEYS[1]) == 'string' and left > 0 and left <= tonumber(ARGV[1]) + 1000)
drop(KEYS[2], kind(KEYS[2]) == 'string' and ARGV[2] ~= '1')
local turn = kind(KEYS[3]) == 'string' and tonumber(redis.call('GET', KEYS[3]))
drop(KEYS[3], turn and turn >= 0 and turn < 2 ^ 52 and turn == math.floor(turn))
drop(KEYS[4], kind(KEYS[4]) == 'zset')
drop(KEYS[5], kind(KEYS[5]) == 'string' and string.match(redis.call('GET', KEYS[5]), '^%x+$'))
local newest = kind(KEYS[6]) == 'list' and redis.call('LINDEX', KEYS[6], 0)
drop(KEYS[6], newest and string.match(newest, '^%d+ [of] {'))
drop(KEYS[7], kind(KEYS[7]) == 'string')
return gone
