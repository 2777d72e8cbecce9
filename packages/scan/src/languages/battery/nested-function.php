<?php

function outer($items)
{
    $double = fn ($item) => $item * 2;

    return each($items, $double);
}
