export {
  at,
  listAt as list,
  numberAt as number,
  objectAt as object,
  stringAt as text,
} from '../../../src/base/json.ts';
