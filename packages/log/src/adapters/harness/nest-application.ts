import {
  All,
  type ArgumentsHost,
  type CallHandler,
  Catch,
  Controller,
  type ExecutionContext,
  Get,
  type INestApplication,
  type MiddlewareConsumer,
  Module,
  Param,
  Post,
} from "@nestjs/common";
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, NestFactory } from "@nestjs/core";
import { map, type Observable } from "rxjs";
import type { ContextSource } from "../../context/source.ts";
import { securityContext } from "../nestjs.ts";
import { type Seen, see, work } from "./work.ts";

/** What a guard and an interceptor saw of the last request. */
export const noted: { [place: string]: Seen } = {};

/** Decorators are functions; they are called as such, because the sources are compiled by erasing their types alone. */
class WorkController {
  all(n: string): Promise<unknown> {
    return work(Number(n));
  }
  throws(): never {
    throw new Error("as planned");
  }
  guarded(): Seen {
    return see();
  }
}
Controller("jobs")(WorkController);
decorate("throws", Get("at/throws"));
decorate("guarded", Post("at/guarded/:id"));
decorate("all", All(":n"));
Param("n")(WorkController.prototype, "all", 0);

function decorate(method: keyof WorkController, decorator: MethodDecorator): void {
  decorator(WorkController.prototype, method, Object.getOwnPropertyDescriptor(WorkController.prototype, method)!);
}

class NotingGuard {
  async canActivate(): Promise<boolean> {
    await Promise.resolve();
    noted["guard"] = see();
    return true;
  }
}

class NotingInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((value: unknown) => {
        noted["interceptor"] = see();
        return value;
      }),
    );
  }
}

class SeeingFilter {
  catch(_: unknown, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<{ status: (code: number) => { json: (body: unknown) => void } }>().status(500).json(see());
  }
}
Catch()(SeeingFilter);

/** An application of NestJS on Express with the middleware in `main.ts` or in its root module. */
export async function nestApplication(log: ContextSource, place: "main" | "module"): Promise<INestApplication> {
  class RootModule {
    configure(consumer: MiddlewareConsumer): void {
      if (place === "module") consumer.apply(securityContext(log)).forRoutes("*path");
    }
  }
  Module({
    controllers: [WorkController],
    providers: [
      { provide: APP_GUARD, useClass: NotingGuard },
      { provide: APP_INTERCEPTOR, useClass: NotingInterceptor },
      { provide: APP_FILTER, useClass: SeeingFilter },
    ],
  })(RootModule);
  const app = await NestFactory.create(RootModule, { logger: false });
  if (place === "main") app.use(securityContext(log));
  app.setGlobalPrefix("api");
  return app;
}
