import { expect, test } from "vitest";
import { readGradle, readPom } from "./jvm-manifests.ts";

test("pom.xml: dependencies, the parent, and modules of the same build by their artifact", () => {
  const { name, dependencies } = readPom(`<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId></parent>
  <artifactId>shop-web</artifactId>
  <dependencies>
    <dependency><groupId>com.shop</groupId><artifactId>shop-common</artifactId><version>1</version></dependency>
  </dependencies>
</project>`);
  expect(name).toBe("shop-web");
  expect([...dependencies]).toEqual([
    "org.springframework.boot:spring-boot-starter-parent",
    "spring-boot-starter-parent",
    "com.shop:shop-common",
    "shop-common",
  ]);
});

test("Gradle: coordinates of scripts and catalogs, modules of the build, plugins that bring a platform", () => {
  const { dependencies } = readGradle(`plugins { id("org.springframework.boot") version "3.3.0" }
dependencies {
  implementation("io.ktor:ktor-server-core:3.0.0")
  implementation project(":libs:common")
}
[libraries]
slf4j = { group = "org.slf4j", name = "slf4j-api" }`);
  expect([...dependencies].toSorted()).toEqual([
    "io.ktor:ktor-server-core",
    "org.slf4j:slf4j-api",
    "org.springframework.boot:plugin",
    "project:common",
  ]);
});
