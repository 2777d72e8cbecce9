class Counter {
    Object total = 0;

    Object add(Object step) {
        this.total = this.total + step;
        return total;
    }
}
