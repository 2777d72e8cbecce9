/** A city and a network that lies there. */
export interface City {
  readonly name: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  /** The first two numbers of an IPv4 network of 65,536 addresses. */
  readonly network: string;
}

const city = (name: string, country: string, latitude: number, longitude: number, network: string): City => ({
  name,
  country,
  latitude,
  longitude,
  network,
});

/**
 * Networks of universities: they have been in one town for decades, so that every address database knows them alike. Each was
 * checked against DB-IP City Lite (2026-06): of 1,280 addresses spread over the network none is placed more than 60 km away.
 * Simulated people live behind them; nothing is ever sent there.
 */
export const homeCities: readonly City[] = [
  city("Berlin", "DE", 52.52, 13.39, "141.20"),
  city("Prague", "CZ", 50.1, 14.39, "147.32"),
  city("Vienna", "AT", 48.21, 16.37, "131.130"),
  city("Brno", "CZ", 49.2, 16.61, "147.251"),
  city("Zurich", "CH", 47.38, 8.55, "129.132"),
  city("Turin", "IT", 45.06, 7.66, "130.192"),
  city("Paris", "FR", 48.85, 2.36, "134.157"),
  city("Cambridge", "GB", 52.21, 0.09, "131.111"),
  city("Oxford", "GB", 51.76, -1.26, "129.67"),
  city("Uppsala", "SE", 59.86, 17.64, "130.238"),
];

/** Where nobody of the simulated population lives: for journeys, and for strangers. */
export const farCities: readonly City[] = [
  city("Boston", "US", 42.36, -71.09, "18.9"),
  city("New York", "US", 40.81, -73.97, "128.59"),
  city("Chicago", "US", 41.79, -87.6, "128.135"),
  city("Stanford", "US", 37.43, -122.18, "171.67"),
  city("Toronto", "CA", 43.66, -79.4, "128.100"),
  city("Santiago", "CL", -33.45, -70.67, "146.155"),
  city("Cape Town", "ZA", -33.96, 18.47, "137.158"),
  city("Singapore", "SG", 1.3, 103.77, "137.132"),
  city("Taipei", "TW", 25.03, 121.57, "140.112"),
  city("Tokyo", "JP", 35.69, 139.77, "133.11"),
  city("Sydney", "AU", -33.89, 151.19, "129.78"),
];

export const cities: readonly City[] = [...homeCities, ...farCities];

const EARTH_DIAMETER = 12_742;
const RADIAN = Math.PI / 180;

/** Kilometres along the great circle (haversine formula). */
export function kilometres(from: City, to: City): number {
  const north = Math.sin(((to.latitude - from.latitude) * RADIAN) / 2);
  const east = Math.sin(((to.longitude - from.longitude) * RADIAN) / 2);
  const half = north * north + Math.cos(from.latitude * RADIAN) * Math.cos(to.latitude * RADIAN) * east * east;
  return EARTH_DIAMETER * Math.asin(Math.sqrt(half));
}

/** What stands where in a city's network: the third number of the address, first and last. */
const quarters = {
  office: [0, 7],
  carrier: [8, 11],
  hotel: [12, 15],
  vpn: [16, 16],
  stranger: [20, 31],
  home: [32, 255],
} as const;

export type Quarter = keyof typeof quarters;

/** The `number`-th address of a quarter; more than there are begin again. */
export function addressIn(place: City, quarter: Quarter, number: number): string {
  const [first, last] = quarters[quarter];
  const host = number % 254;
  const block = Math.floor(number / 254) % (last - first + 1);
  return `${place.network}.${first + block}.${host + 1}`;
}

/** Addresses that one attack may have to itself before those of the next begin. */
export const ADDRESSES_PER_ATTACK = 512;
const BENCHMARK_NETWORK = 131_072;

/**
 * Addresses of strangers without a place. 198.18.0.0/15 is kept for measurements (RFC 2544), so that nobody is accused;
 * what does not fit there comes from 240.0.0.0/4, which is reserved (RFC 1112).
 */
export function strangerAddress(number: number): string {
  if (number < BENCHMARK_NETWORK) return dotted(0xc6120000 + number);
  return dotted(0xf0000000 + ((number - BENCHMARK_NETWORK) % 0x0fffff00));
}

function dotted(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}
