<?php

function page($number, $size = 20)
{
    return fetch_page($number, $size);
}
