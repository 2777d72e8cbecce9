class Counter:
    total = 0

    def add(self, step):
        self.total = self.total + step
        return self.total
