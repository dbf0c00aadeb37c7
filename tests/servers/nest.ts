/** The contract on NestJS (on Express): guards for credentials, a pipe for the id, an exception filter for problems. */

import 'reflect-metadata';
import {
  type ArgumentsHost,
  BadRequestException,
  Body,
  type CanActivate,
  Catch,
  Controller,
  createParamDecorator,
  type ExceptionFilter,
  type ExecutionContext,
  Get,
  HttpCode,
  HttpException,
  Inject,
  Injectable,
  Module,
  NotAcceptableException,
  Param,
  ParseUUIDPipe,
  Post,
  Res,
  UnauthorizedException,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import {
  basicCredentials,
  bearerToken,
  described,
  initiated,
  type Listening,
  mediaTypes,
  Service,
  type Session,
  tokenAnswer,
} from './service.js';

type Authenticated = Request & { client?: string };

const Client = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  return context.switchToHttp().getRequest<Authenticated>().client ?? '';
});

@Injectable()
class PasswordGuard implements CanActivate {
  constructor(@Inject(Service) private readonly service: Service) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Authenticated>();
    const [username, password] = basicCredentials(request.headers.authorization);
    if (!this.service.hasClient(username, password)) throw new UnauthorizedException();
    request.client = username;
    return true;
  }
}

@Injectable()
class TokenGuard implements CanActivate {
  constructor(@Inject(Service) private readonly service: Service) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Authenticated>();
    const client = this.service.clientOf(bearerToken(request.headers.authorization));
    if (client === undefined) throw new UnauthorizedException('Valid access token required');
    request.client = client;
    return true;
  }
}

/** A type must be found before anything is cancelled. */
@Injectable()
class AcceptGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (!request.accepts([...mediaTypes])) throw new NotAcceptableException();
    return true;
  }
}

function send(response: Response, status: number, body: object): void {
  const type = response.req.accepts([...mediaTypes]) || mediaTypes[0];
  response.status(status).type(type).json(body);
}

@Catch(HttpException)
class ProblemFilter implements ExceptionFilter {
  catch(exception: HttpException, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const status = exception.getStatus();
    if (status === 401) response.set('WWW-Authenticate', 'Bearer');
    send(response, status, { title: exception.name, status, detail: exception.message });
  }
}

@Controller('api/v1/authorize')
class AuthorizeController {
  constructor(@Inject(Service) private readonly service: Service) {}

  @Post()
  @HttpCode(200)
  @UseGuards(PasswordGuard)
  authorize(@Client() client: string) {
    return tokenAnswer(this.service.issueToken(client));
  }
}

@Controller('api/v2/sessions')
@UseGuards(TokenGuard)
@UseFilters(ProblemFilter)
class SessionsController {
  constructor(@Inject(Service) private readonly service: Service) {}

  @Post()
  initiate(@Client() client: string, @Body('referenceId') referenceId: unknown) {
    return initiated(this.service.initiate(client, referenceId));
  }

  @Get(':sessionId/details')
  details(@Client() client: string, @Param('sessionId', ParseUUIDPipe) sessionId: string) {
    return described(this.find(sessionId, client));
  }

  @Post(':sessionId/cancel')
  @UseGuards(AcceptGuard)
  cancel(
    @Client() client: string,
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
    @Res() response: Response,
  ) {
    const session = this.find(sessionId, client);
    if (!this.service.cancel(session)) throw new BadRequestException('Session cannot be Cancelled');
    send(response, 200, described(session));
  }

  private find(sessionId: string, client: string): Session {
    const session = this.service.find(sessionId, client);
    if (!session) throw new BadRequestException('Session not found');
    return session;
  }
}

@Module({ controllers: [AuthorizeController, SessionsController], providers: [Service] })
class AppModule {}

export async function startNest(): Promise<Listening> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    forceCloseConnections: true,
    logger: false,
  });
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), close: () => app.close() };
}
