#!/usr/bin/env bash
# `xiangdao check` finds each planted corruption of the example's plan, and names it.
. "$ROOT/tests/lines.sh"

scenario=$ROOT/scenarios/examples/yunshan
check_exit 0 "the example county is planned" "$XIANGDAO" plan "$scenario" -o "$TEMPORARY/plan" --iterations 2000
plan=$TEMPORARY/plan/plan.json
check_exit 0 "its plan passes the checker" "$XIANGDAO" check "$scenario" "$plan"

# The route with the most visits, so that every corruption has room.
long='([.routes[].visits | length] | index(max)) as $r'

planted() { # KIND SENTENCE JQ_FILTER
  local kind=$1 sentence=$2 filter=$3 status=0
  if ! jq "$long | $filter" "$plan" >"$TEMPORARY/wrong.json"; then
    fail "$sentence (the corruption itself could not be made)"
    return
  fi
  if cmp -s <(jq . "$plan") <(jq . "$TEMPORARY/wrong.json"); then
    fail "$sentence (the corruption changed nothing)"
    return
  fi
  "$XIANGDAO" check "$scenario" "$TEMPORARY/wrong.json" --json >"$TEMPORARY/found.json" 2>"$TEMPORARY/stderr" || status=$?
  if [ "$status" -eq 1 ] && jq -e --arg kind "$kind" '.valid == false and any(.violations[]; .kind == $kind)' "$TEMPORARY/found.json" >/dev/null; then
    ok "$sentence: $kind"
  else
    fail "$sentence: expected $kind with exit 1, got exit $status"
    head -n 12 "$TEMPORARY/found.json" "$TEMPORARY/stderr" | sed 's/^/    /'
  fi
}

planted wrong_problem "a plan made for another problem" '.problem_hash = "0123456789abcdef"'
planted stop_twice "a visit driven twice" '.routes[$r].visits += [.routes[$r].visits[0]]'
planted stop_twice "a served stop that is also listed as left" '.unserved += [.routes[$r].visits[0] | {place, name, cold, part, parts, reason: "choice", price_units: 0, price_yuan: 0}]'
planted stop_missing "a visit that vanished" 'del(.routes[$r].visits[1])'
planted vehicle_unknown "a vehicle that the county does not have" '.routes[$r].vehicle = 30000'
planted vehicle_twice "one vehicle on two routes" '.routes[1].vehicle = .routes[0].vehicle'
planted route_empty "a route without visits" '.routes[$r].visits = []'
planted load_stated "a load on leaving that is not what the stops say" '.routes[$r].visits[0].load_after_g += 1000'
planted load_stated "a load at the start that is not what the stops say" '.routes[$r].load_start_g -= 1'
planted travel_time "an arrival before the road allows" '.routes[$r].visits[1].arrive_s -= 300'
planted window_late "service after the village point has closed" '.routes[$r].visits[-1] |= (.begin_s = 79200 | .depart_s = 90000)'
planted window_early "service before the village point opens" '.routes[$r].visits[0].begin_s = 3600'
planted service_time "leaving before the goods are off" '.routes[$r].visits[0].depart_s = .routes[$r].visits[0].begin_s'
planted release "leaving the hub before the parcels are there" '.routes[$r] |= (.start_s = 30000 | .hub_leave_s = 30000)'
planted base_leave "leaving the hub before the vehicle came there" '.routes[$r].start_s += 60'
planted base_back "back at the base before the hub" '.routes[$r].end_s -= 60'
planted shift_start "leaving before the shift" '.routes[$r].start_s = 60'
planted shift_end "coming back after the shift" '.routes[$r].end_s = 86000'
planted duration "a day longer than the law allows" '.routes[$r] |= (.start_s = 0 | .end_s = 86399)'
planted length_stated "a leg shorter than the road" '.routes[$r].visits[0].length_m -= 500'
planted length_stated "a route longer than its legs" '.routes[$r].length_m += 1'
planted cost_fixed "a cheaper vehicle" '.routes[$r].fixed_units -= 1'
planted cost_length "cheaper kilometres" '.routes[$r].distance_units -= 3600'
planted cost_unserved "a price of left villages that is wrong" '.cost.unserved_units += 1'
planted cost_total "a total that is not the sum" '.cost.total_units -= 1'
planted mass_over_capacity "a tricycle with a truck's load" '([.routes[].load_start_g] | index(max)) as $m | .routes[$m].vehicle = 0 | .routes |= (to_entries | map(select(.key == $m or .value.vehicle != 0) | .value))'
planted reason "a reason for leaving a village that is not true" '.unserved[0].reason = "capacity"'
