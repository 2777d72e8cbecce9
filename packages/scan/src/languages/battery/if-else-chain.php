<?php

function grade($score)
{
    if ($score >= 90) {
        return 'high';
    } elseif ($score >= 50) {
        return 'middle';
    } else {
        return 'low';
    }
}
