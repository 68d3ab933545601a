import { readFile } from 'node:fs/promises';
import { RunFunctionRequest, RunFunctionResponse } from '@crossplane-org/function-sdk-typescript';
import { ServerCredentials } from '@grpc/grpc-js';
import { z } from 'zod';
import { startGrpcServer } from '../../src/function/grpc-server.ts';

/**
 * The least any function with this codec can do, on the same server: decode a request, encode the answer that the
 * real function gave to it. Started by main.ts with a file of tags and answers; prints its port.
 */
const answers = z.record(z.string(), z.base64()).parse(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')));
const responses = new Map(
  Object.entries(answers).map(([tag, bytes]) => [tag, RunFunctionResponse.decode(Buffer.from(bytes, 'base64'))]),
);

const server = await startGrpcServer({
  run(bytes) {
    const { meta } = RunFunctionRequest.decode(bytes);
    const response = responses.get(meta?.tag ?? '');
    if (!response) throw new Error(`cannot answer ${meta?.tag}: no such case`);
    return Buffer.from(RunFunctionResponse.encode(response).finish());
  },
  credentials: ServerCredentials.createInsecure(),
  host: '127.0.0.1',
  port: 0,
  maxReceiveBytes: 16 * 1024 * 1024,
});
console.log(JSON.stringify({ msg: 'serving', port: server.port }));
