-- Replace the value at KEYS[1] by ARGV[2], if it still has the SHA-1 ARGV[1] (empty: no value).
-- Returns {1} when written, {0, current} when another program was faster.
-- The document is never parsed here: cjson would damage it.
local current = redis.call('GET', KEYS[1])
local revision = current and redis.sha1hex(current) or ''
if revision ~= ARGV[1] then
  return {0, current}
end
redis.call('SET', KEYS[1], ARGV[2])
return {1}
