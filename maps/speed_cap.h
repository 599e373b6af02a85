/* What the lie of the land allows a vehicle: caps by curve and slope, for each piece of a road, on top of xd_profile_use; and the energy that the piece takes.
 * Cost: O(1). Threads: any. */
#ifndef XD_MAPS_SPEED_CAP_H
#define XD_MAPS_SPEED_CAP_H

#include "maps/profile.h"

/* Cap in a curve: the largest whole km/h with v^2 / r <= the sideways acceleration that the load bears; at least 1, at most the vehicle's top speed, which it
 * is also for radius_m <= 0 (straight, or not known) and for who has no such limit. Never falls as the radius grows. */
int32_t xd_speed_cap_radius_kmh(const struct xd_profile *profile, int32_t radius_m);
/* Cap on a slope of so many metres up (+) or down (-) a kilometre: at most the vehicle's top speed. Never rises as the slope gets steeper, either way. */
int32_t xd_speed_cap_slope_kmh(const struct xd_profile *profile, int32_t per_mille_up);

/* Energy from tank or battery, in joules, of driving length_cm at speed_kmh while rising rise_cm (negative: falling), at the profile's nominal load:
 *
 *   wheels  = m g c L + 0.6 A v^2 L + m g h      rolling, air (1.2 kg/m3 / 2), climbing
 *   energy  = wheels / efficiency                 where wheels >= 0
 *           = wheels * efficiency * regeneration  where wheels < 0: what flows back
 *           + idle * t                            engine, steering, lights; t = L / v
 *
 * rounded to whole joules. Below 0 where a battery gains more than the rest takes. Nought for a profile without energy, and for length or speed <= 0.
 * Never falls as length (on the flat and uphill), rise or mass grow. */
int64_t xd_energy_j(const struct xd_profile *profile, int64_t length_cm, int32_t speed_kmh, int64_t rise_cm);

#endif
