-- Let the lease KEYS[1] of the holder ARGV[1] run ARGV[2] ms from now. 1 when it is still this holder's.
-- A lease that ran out unnoticed, while nobody took another (KEYS[2] holder), is taken up again.
if redis.call('TYPE', KEYS[2]).ok ~= 'string' or redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
