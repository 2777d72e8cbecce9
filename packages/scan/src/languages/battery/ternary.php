<?php

function label($active)
{
    $text = $active ? 'on' : 'off';

    return show($text);
}
