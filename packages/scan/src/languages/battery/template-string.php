<?php

function welcome($user)
{
    return "Hello {$user->name}, you have " . count($user) . ' messages';
}
