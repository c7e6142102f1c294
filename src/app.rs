//! Builds every part, runs them together, stops them in order. The only place that knows everybody.
