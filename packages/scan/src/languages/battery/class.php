<?php

class Counter
{
    private $total = 0;

    public function add($step)
    {
        $this->total = $this->total + $step;

        return $this->total;
    }
}
