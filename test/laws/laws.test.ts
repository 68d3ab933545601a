// One file for all, so that the 500 claims are simulated once.
import './edited.ts';
import './refused.ts';
import './rendered.ts';
