class Counter {
  total = 0;

  add(step) {
    this.total = this.total + step;
    return this.total;
  }
}
