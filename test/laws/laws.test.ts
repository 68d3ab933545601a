// One file for both, so that the 500 claims are simulated once.
import './refused.ts';
import './rendered.ts';
